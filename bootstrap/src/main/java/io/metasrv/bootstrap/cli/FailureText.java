package io.metasrv.bootstrap.cli;

import io.metasrv.bootstrap.config.ConfigException;
import io.metasrv.domain.error.MetasrvException;
import java.io.IOException;

/** One line for the operator about a failure; the whole of it belongs in the log. */
final class FailureText {

  private FailureText() {}

  /**
   * Our own exceptions speak for themselves; they may come wrapped by Guice. Anything else is named
   * with its type.
   */
  static String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigException
          || cause instanceof MetasrvException
          || cause instanceof ServerRun.ServerFailure
          || cause instanceof IllegalArgumentException
          || cause instanceof IOException) {
        return oneLine(String.valueOf(cause.getMessage()));
      }
    }
    return oneLine(failure.toString());
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
