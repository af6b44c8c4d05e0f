package io.metasrv.adapters.http;

/** Changes the log level of the running process. Thread-safe. */
public interface LogLevels {

  /** The directives in force: {@code info,io.metasrv=debug}. */
  String current();

  /**
   * Replaces them.
   *
   * @throws IllegalArgumentException with what was expected
   */
  void change(String directives);
}
