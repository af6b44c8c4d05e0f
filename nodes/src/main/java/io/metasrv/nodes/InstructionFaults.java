package io.metasrv.nodes;

import io.metasrv.nodes.instruction.InstructionKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Faults that a test asks for: the next instructions of a kind go wrong. Not thread-safe. */
public final class InstructionFaults {

  /** How an instruction goes wrong. */
  public enum Fault {
    /** Not carried out; the reply carries an error. */
    REFUSE,
    /** Neither carried out nor answered. */
    IGNORE,
    /** Carried out, but the reply gets lost. */
    LOSE_REPLY
  }

  private record Plan(Fault fault, int left) {}

  private final Map<InstructionKind, Plan> plans = new EnumMap<>(InstructionKind.class);

  /** The next {@code times} instructions of the kind have the fault; replaces an earlier plan. */
  public void next(InstructionKind kind, Fault fault, int times) {
    if (times <= 0) {
      plans.remove(kind);
    } else {
      plans.put(kind, new Plan(fault, times));
    }
  }

  Optional<Fault> take(InstructionKind kind) {
    Plan plan = plans.get(kind);
    if (plan == null) {
      return Optional.empty();
    }
    next(kind, plan.fault(), plan.left() - 1);
    return Optional.of(plan.fault());
  }
}
