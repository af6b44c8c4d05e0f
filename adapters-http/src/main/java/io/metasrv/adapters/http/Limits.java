package io.metasrv.adapters.http;

import java.util.Optional;

/** The query parameter {@code limit} of lists. */
final class Limits {

  private Limits() {}

  /** What was asked for, or the default; empty if it is no number from 1 to the largest. */
  static Optional<Integer> of(Request request, int otherwise, int largest) {
    try {
      return Optional.of(request.parameter("limit").map(Integer::parseInt).orElse(otherwise))
          .filter(limit -> limit >= 1 && limit <= largest);
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** The answer to a limit that is none. */
  static Response refused(Request request, int largest) {
    return Response.text(
        400,
        "limit must be a number from 1 to %d: %s"
            .formatted(largest, request.parameter("limit").orElse("")));
  }
}
