package io.metasrv.bootstrap.ctl;

import tools.jackson.databind.JsonNode;

/** What a server could not read in its store, on standard error. */
final class Problems {

  private Problems() {}

  static void print(CtlCommand ctl, JsonNode json) {
    for (JsonNode problem : json.path("problems")) {
      ctl.err()
          .println(
              Tables.printable(
                  "warning: key %s: %s"
                      .formatted(
                          problem.path("key").asString(), problem.path("reason").asString())));
    }
  }
}
