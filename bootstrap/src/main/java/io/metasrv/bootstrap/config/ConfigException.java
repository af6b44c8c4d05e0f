package io.metasrv.bootstrap.config;

/** The configuration cannot be used. The message is one line that names the key and the layer. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
