package io.metasrv.application.ddl;

import io.metasrv.application.ddl.json.StateNames;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import java.util.function.Function;

/**
 * A procedure whose steps are named states, each a {@link RepeatableStep}, and whose dump is an
 * object with the member {@code state} first.
 *
 * @param <S> the states; their stored names are the constants' as {@link StateNames} spells them
 */
public abstract class SteppedProcedure<S extends Enum<S>> implements Procedure {

  private final String type;
  private S state;

  /**
   * A new one.
   *
   * @param type the name its records are stored under
   */
  protected SteppedProcedure(String type, S first) {
    this.type = type;
    this.state = first;
  }

  /**
   * The one whose dump this is.
   *
   * @param all the states there are
   * @param members makes it of the other members, in its first state
   * @throws io.metasrv.application.json.JsonFormatException if the dump cannot be read
   */
  protected static <S extends Enum<S>, P extends SteppedProcedure<S>> P restore(
      String dump, S[] all, Function<JsonValue.Object, P> members) {
    JsonValue.Object data = JsonReader.read(dump).asObject();
    P loaded = members.apply(data);
    SteppedProcedure<S> stepped = loaded;
    stepped.state = StateNames.read(data, all);
    return loaded;
  }

  /** Runs the step of a state; ends with {@link #next} or with a {@link Step} of its own. */
  protected abstract Step step(S at, ProcedureContext run) throws InterruptedException;

  /** Writes the members after {@code state}. */
  protected abstract void writeMembers(JsonWriter out);

  /** The state that follows, once it is persisted. */
  protected final Step next(S following) {
    state = following;
    return Step.persisted();
  }

  @Override
  public final String typeName() {
    return type;
  }

  @Override
  public final Step execute(ProcedureContext run) throws InterruptedException {
    return RepeatableStep.run(() -> step(state, run));
  }

  @Override
  public final String dump() {
    return JsonWriter.text(
        out -> {
          out.beginObject();
          StateNames.write(out, state);
          writeMembers(out);
          out.endObject();
        });
  }
}
