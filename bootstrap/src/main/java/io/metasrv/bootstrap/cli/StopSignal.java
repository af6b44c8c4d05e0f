package io.metasrv.bootstrap.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGINT or SIGTERM asks for an orderly stop, after which the process ends with 0. A second signal
 * during the stop changes nothing: the stop goes on (sheet 09 §5). A shutdown hook would not do,
 * because the JVM then ends with 143.
 */
final class StopSignal implements AutoCloseable {

  private final CompletableFuture<String> received = new CompletableFuture<>();
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

  private StopSignal() {}

  /** Takes both signals over. */
  static StopSignal install() {
    StopSignal signal = new StopSignal();
    for (String name : List.of("INT", "TERM")) {
      Signal kind = new Signal(name);
      signal.before.put(
          kind, Signal.handle(kind, caught -> signal.received.complete("SIG" + caught.getName())));
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

  /** Gives the signals back to whoever had them. */
  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
