package io.metasrv.domain.procedure;

import io.metasrv.domain.error.MetasrvException;
import java.util.Objects;

/** What is said of an error to clients, in records and in logs (sheet 05 §19). */
public final class ErrorTexts {

  private ErrorTexts() {}

  /**
   * The text for clients: the {@linkplain #rootCause root cause}, or only a number if the code is
   * one that hides it.
   */
  public static String forClients(MetasrvException error) {
    return error.code().isMasked() ? "Internal error: " + error.code().number() : rootCause(error);
  }

  /**
   * The text of the last error of ours in the chain of causes and, behind a colon, of the innermost
   * foreign one.
   */
  public static String rootCause(MetasrvException error) {
    MetasrvException last = error;
    while (last.getCause() instanceof MetasrvException deeper) {
      last = deeper;
    }
    Throwable foreign = last.getCause();
    if (foreign == null) {
      return text(last);
    }
    while (foreign.getCause() != null) {
      foreign = foreign.getCause();
    }
    return text(last) + ": " + text(foreign);
  }

  /** The texts of the whole chain, outermost first. */
  public static String chain(Throwable error) {
    StringBuilder texts = new StringBuilder(text(error));
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      texts.append(": ").append(text(cause));
    }
    return texts.toString();
  }

  private static String text(Throwable error) {
    return Objects.requireNonNullElseGet(
        error.getMessage(), () -> error.getClass().getSimpleName());
  }
}
