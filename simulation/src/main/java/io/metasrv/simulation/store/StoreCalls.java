package io.metasrv.simulation.store;

import io.metasrv.application.port.Promise;
import io.metasrv.simulation.kernel.SimulatedNetwork;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Request and answer between one process and the store's, each over the network, each of which may
 * be lost.
 */
final class StoreCalls {

  private final SimulatedStoreServer server;
  private final SimulatedProcess client;
  private final SimulatedNetwork network;

  StoreCalls(SimulatedStoreServer server, SimulatedProcess client, SimulatedNetwork network) {
    this.server = server;
    this.client = client;
    this.network = network;
  }

  SimulatedStoreServer server() {
    return server;
  }

  SimulatedProcess client() {
    return client;
  }

  /**
   * Runs the request in the server's process.
   *
   * @return empty if no answer came in time; whether the request ran is then unknown
   */
  <T> Optional<T> call(String label, Duration timeout, Supplier<T> request)
      throws InterruptedException {
    Promise<T> answer = client.promise();
    network.send(
        client,
        server.process(),
        label,
        () -> {
          Runnable reply;
          try {
            T result = request.get();
            reply = () -> answer.complete(result);
          } catch (RuntimeException refused) {
            reply = () -> answer.fail(refused);
          }
          network.send(server.process(), client, label + " answered", reply);
        });
    return answer.await(timeout);
  }
}
