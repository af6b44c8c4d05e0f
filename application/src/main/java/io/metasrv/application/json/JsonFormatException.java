package io.metasrv.application.json;

/**
 * A text is no JSON, or not the JSON that was expected. Thrown by readers to the codec that called
 * them, which turns it into an error that names the key or field; never leaves the application.
 */
public final class JsonFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JsonFormatException(String message) {
    super(message);
  }

  public JsonFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
