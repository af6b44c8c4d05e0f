package io.metasrv.application.procedure;

/** Turns a stored dump back into a procedure of one type. Thread-safe. */
@FunctionalInterface
public interface ProcedureLoader {

  /**
   * Loads a procedure.
   *
   * @param data what {@link Procedure#dump} gave, or the original's dump of the same type
   * @throws io.metasrv.application.json.JsonFormatException if it cannot be read
   */
  Procedure load(String data);
}
