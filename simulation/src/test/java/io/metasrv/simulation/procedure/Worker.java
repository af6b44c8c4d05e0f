package io.metasrv.simulation.procedure;

import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A procedure of a scenario that writes down what it does where no crash reaches it. */
final class Worker implements Procedure {

  static final String TYPE = TYPE_PREFIX + "Worker";
  private static final int STEPS = 3;

  /** How it goes. */
  enum Kind {
    /** Three stored steps, then done. */
    PLAIN,
    /** Fails at its second step. */
    FAILING,
    /** Fails at its second step and is rolled back. */
    UNDONE,
    /** Lets two children do its second step. */
    PARENT
  }

  /** What was seen of one procedure, over all leaders. */
  static final class Ledger {
    final String name;
    final Kind kind;
    final List<String> lines = new ArrayList<>();
    @Nullable String told;
    int loads;

    Ledger(String name, Kind kind) {
      this.name = name;
      this.kind = kind;
    }

    void tell(String end) {
      told = end;
      lines.add("told " + end);
    }

    List<String> violations() {
      List<String> found = new ArrayList<>();
      int at = lines.indexOf("told " + told);
      if (at >= 0 && at < lines.size() - 1) {
        found.add(name + " ran after its end: " + lines);
      }
      String wanted =
          switch (kind) {
            case PLAIN, PARENT -> "step " + STEPS;
            case FAILING -> "step 1";
            case UNDONE -> "undo";
          };
      if (told != null && !lines.contains(wanted)) {
        found.add("%s was told %s: %s".formatted(name, told, lines));
      }
      boolean good = kind == Kind.PLAIN || kind == Kind.PARENT;
      if ("Done".equals(told) && !good) {
        found.add(name + " was told that it is done: " + lines);
      }
      return found;
    }
  }

  private final Ledger ledger;
  private final List<Step.Child> children = new ArrayList<>();
  private int at;

  Worker(Ledger ledger, int at) {
    this.ledger = ledger;
    this.at = at;
  }

  static Worker load(String data, Map<String, Ledger> byName) {
    String[] words = data.split(" ", -1);
    Ledger ledger = byName.get(words[0]);
    if (ledger == null) {
      throw new IllegalStateException("nobody submitted " + data);
    }
    ledger.loads++;
    return new Worker(ledger, Integer.parseInt(words[1]));
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public Step execute(ProcedureContext context) {
    ledger.lines.add("step " + at);
    if (at == 1 && (ledger.kind == Kind.FAILING || ledger.kind == Kind.UNDONE)) {
      context.putPoison(poisonKeys().getFirst());
      throw ServiceException.unexpected("this one fails");
    }
    if (at == 1 && ledger.kind == Kind.PARENT && !childrenDone(context)) {
      return new Step.Suspended(children, true);
    }
    if (at == STEPS) {
      return Step.done();
    }
    at++;
    return Step.persisted();
  }

  private boolean childrenDone(ProcedureContext context) {
    if (children.isEmpty()) {
      for (int i = 0; i < 2; i++) {
        UUID own = context.id().value();
        ProcedureId id =
            new ProcedureId(new UUID(own.getMostSignificantBits() + i + 1, own.hashCode()));
        children.add(
            new Step.Child(id, new Worker(new Ledger(ledger.name + "/" + i, Kind.PLAIN), 0)));
      }
    }
    return children.stream()
        .allMatch(
            child -> context.stateOf(child.id()).filter(state -> state.isTerminal()).isPresent());
  }

  @Override
  public boolean rollbackSupported() {
    return ledger.kind == Kind.UNDONE;
  }

  @Override
  public void rollback(ProcedureContext context) {
    ledger.lines.add("undo");
  }

  @Override
  public String dump() {
    return ledger.name + " " + at;
  }

  @Override
  public List<LockKey> locks() {
    String family = ledger.name.contains("/") ? "region " : "table ";
    return List.of(
        new LockKey(LockMode.SHARE, "catalog"),
        new LockKey(LockMode.EXCLUSIVE, family + ledger.name.hashCode() % 3));
  }

  @Override
  public List<PoisonKey> poisonKeys() {
    return List.of(new PoisonKey("worker/" + ledger.name));
  }

  @Override
  public String subject() {
    return ledger.name;
  }
}
