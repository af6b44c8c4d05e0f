package io.metasrv.bootstrap.cli;

import java.util.concurrent.CompletableFuture;
import sun.misc.Signal;

/**
 * SIGINT or SIGTERM asks for an orderly stop, after which the process ends with 0. A second signal
 * during the stop changes nothing: the stop goes on (sheet 09 §5). A shutdown hook would not do,
 * because the JVM then ends with 143.
 */
final class StopSignal {

  private final CompletableFuture<String> received = new CompletableFuture<>();

  private StopSignal() {}

  /** Takes both signals over. */
  static StopSignal install() {
    StopSignal signal = new StopSignal();
    for (String name : new String[] {"INT", "TERM"}) {
      Signal.handle(new Signal(name), caught -> signal.received.complete("SIG" + caught.getName()));
    }
    return signal;
  }

  /** As if a signal had come. */
  void raise(String why) {
    received.complete(why);
  }

  /** Waits for the first signal and names it. */
  String await() {
    return received.join();
  }
}
