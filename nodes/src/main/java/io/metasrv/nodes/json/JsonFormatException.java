package io.metasrv.nodes.json;

/** A text is not JSON, or JSON of another shape than expected. The message names the place. */
public final class JsonFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JsonFormatException(String message) {
    super(message);
  }

  public JsonFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
