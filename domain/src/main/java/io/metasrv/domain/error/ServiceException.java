package io.metasrv.domain.error;

/** A request that was refused or failed for a reason that needs no type of its own. */
public final class ServiceException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  public ServiceException(StatusCode code, String message) {
    super(code, false, message);
  }

  public ServiceException(StatusCode code, String message, Throwable cause) {
    super(code, false, message, cause);
  }

  /** The caller sent something that can never work. */
  public static ServiceException invalidArguments(String message) {
    return new ServiceException(StatusCode.INVALID_ARGUMENTS, message);
  }

  /** The state of the system contradicts the request. */
  public static ServiceException unexpected(String message) {
    return new ServiceException(StatusCode.UNEXPECTED, message);
  }

  /** This system does not do that. */
  public static ServiceException unsupported(String message) {
    return new ServiceException(StatusCode.UNSUPPORTED, message);
  }

  /** Not now: the system is in a state that forbids it. */
  public static ServiceException illegalState(String message) {
    return new ServiceException(StatusCode.ILLEGAL_STATE, message);
  }

  /** A fault of ours; the text is masked on the wire. */
  public static ServiceException internal(String message, Throwable cause) {
    return new ServiceException(StatusCode.INTERNAL, message, cause);
  }
}
