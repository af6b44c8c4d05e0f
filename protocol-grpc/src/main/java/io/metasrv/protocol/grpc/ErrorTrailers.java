package io.metasrv.protocol.grpc;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Errors on the wire, both ways: a gRPC status, plus the code itself in the trailer {@code
 * x-greptime-err-code} (sheet 01 §3.3, §3.4). Thread-safe.
 */
public final class ErrorTrailers {

  /** The decimal number of the {@link StatusCode}. */
  public static final Metadata.Key<String> ERR_CODE =
      Metadata.Key.of("x-greptime-err-code", Metadata.ASCII_STRING_MARSHALLER);

  /** A message that overrides the status's; visible ASCII, everything else escaped. */
  public static final Metadata.Key<String> ERR_MSG =
      Metadata.Key.of("x-greptime-err-msg", Metadata.ASCII_STRING_MARSHALLER);

  private ErrorTrailers() {}

  /** The gRPC status a code travels as. */
  public static Status.Code rpcCode(StatusCode code) {
    return Status.Code.valueOf(code.rpcCode().name());
  }

  /** What a metasrv sends for a failure: status, text and code, but no {@code -msg}. */
  public static StatusException toStatus(MetasrvException failure) {
    return toStatus(failure.code(), publicMessage(failure));
  }

  /** The status, text and code trailer of an error that is no exception. */
  public static StatusException toStatus(StatusCode code, String message) {
    Status status = Status.fromCode(rpcCode(code)).withDescription(message);
    return status.asException(trailers(code));
  }

  /** The trailers a metasrv sends with this code. */
  public static Metadata trailers(StatusCode code) {
    Metadata trailers = new Metadata();
    trailers.put(ERR_CODE, Integer.toString(code.number()));
    return trailers;
  }

  /**
   * What a flownode's server sends: always {@code INVALID_ARGUMENT}, with the real code and text in
   * the trailers.
   */
  public static StatusException toFlownodeStatus(StatusCode code, String message) {
    Metadata trailers = trailers(code);
    trailers.put(ERR_MSG, escape(message));
    return Status.INVALID_ARGUMENT.withDescription(message).asException(trailers);
  }

  /**
   * The text that may leave the process: masked for faults of ours, else the innermost error's own
   * text, followed by the root cause where that comes from outside.
   */
  public static String publicMessage(MetasrvException failure) {
    if (failure.code().isMasked()) {
      return masked(failure.code());
    }
    MetasrvException innermost = failure;
    while (innermost.getCause() instanceof MetasrvException inner) {
      innermost = inner;
    }
    String text = String.valueOf(innermost.getMessage());
    Throwable external = rootCause(innermost.getCause());
    String cause = external == null ? null : external.getMessage();
    return cause == null || text.endsWith(cause) ? text : text + ": " + cause;
  }

  /** The text that stands for one that must not be shown. */
  public static String masked(StatusCode code) {
    return "Internal error: " + code.number();
  }

  private static @Nullable Throwable rootCause(@Nullable Throwable start) {
    Throwable cause = start;
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Reads what the other side said. */
  public static RemoteFailure read(StatusRuntimeException failure) {
    return read(failure.getStatus(), failure.getTrailers());
  }

  /** Reads what the other side said. */
  public static RemoteFailure read(Status status, @Nullable Metadata trailers) {
    Optional<StatusCode> sent = codeIn(trailers);
    String message = trailers == null ? null : trailers.get(ERR_MSG);
    if (message == null) {
      message = status.getDescription();
    }
    if (message == null) {
      message = status.getCode().name();
    }
    StatusCode code = sent.orElseGet(() -> codeFor(status.getCode()));
    return new RemoteFailure(code, sent.isPresent(), status.getCode(), message);
  }

  private static Optional<StatusCode> codeIn(@Nullable Metadata trailers) {
    String text = trailers == null ? null : trailers.get(ERR_CODE);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return StatusCode.ofNumber(Integer.parseInt(text.trim()));
    } catch (NumberFormatException notANumber) {
      // A code that cannot be read counts as none: the status itself still tells enough.
      return Optional.empty();
    }
  }

  /** What a status without a code stands for: timeouts keep their meaning, all else is internal. */
  private static StatusCode codeFor(Status.Code code) {
    return switch (code) {
      case CANCELLED -> StatusCode.CANCELLED;
      case DEADLINE_EXCEEDED -> StatusCode.DEADLINE_EXCEEDED;
      default -> StatusCode.INTERNAL;
    };
  }

  /** Text as it is if it is visible ASCII, else with C-style escapes for each other byte. */
  static String escape(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      escapeByte(escaped, b & 0xff);
    }
    return escaped.toString();
  }

  private static void escapeByte(StringBuilder out, int b) {
    switch (b) {
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      case '\n' -> out.append("\\n");
      case '\'' -> out.append("\\'");
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      default -> {
        if (b >= ' ' && b <= '~') {
          out.append((char) b);
        } else {
          out.append("\\x").append(String.format(Locale.ROOT, "%02x", b));
        }
      }
    }
  }
}
