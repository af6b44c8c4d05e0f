package io.metasrv.bootstrap.cli;

import io.metasrv.bootstrap.config.ConfigSources;
import io.metasrv.bootstrap.server.ServerProcess;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.doubles.NodeFleet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.util.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * Starts a server, uses what an ordinary start and first minute use, and stops: the training run of
 * the start-up cache ({@code bin/warm-up}). Not for people, hence hidden.
 */
@Command(name = "warm-up", hidden = true, description = "Training run of the start-up cache.")
final class WarmUpCommand implements Runnable {

  private static final long NODES_RUN_MILLIS = 3_000;

  @ParentCommand private CommandLineProgram.Root root = new CommandLineProgram.Root();
  @Mixin private ConfigFlags flags = new ConfigFlags();

  @Option(
      names = "--native-dir",
      paramLabel = "DIR",
      description = "Where to unpack native libraries, so that starts need not.")
  private @Nullable Path nativeDirectory;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    if (nativeDirectory != null) {
      unpackNatives(nativeDirectory);
    }
    ConfigSources sources =
        root.with(flags)
            .withFlag("warm-up", "grpc.bind_addr", "127.0.0.1:" + freePort())
            .withFlag("warm-up", "http.addr", "127.0.0.1:0");
    ServerRun.run(sources, spec.commandLine(), this::use);
  }

  private AutoCloseable use(ServerProcess server, StopSignal signal) {
    NodeFleet fleet = NodeFleet.start(List.of(server.address()));
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                callHttp(server.httpPort());
                callGrpc(server.address());
                Thread.sleep(NODES_RUN_MILLIS);
              } catch (IOException | RuntimeException e) {
                // Whatever was not reached is merely not in the cache.
                spec.commandLine().getErr().println("warning: warm-up was cut short: " + e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                signal.raise("the end of the warm-up");
              }
            });
    return fleet;
  }

  private static void callHttp(int port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/readyz", "/metrics", "/config", "/admin/leader", "/status")) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
      }
    }
  }

  private static void callGrpc(String address) {
    try (MetaClient client = MetaClient.open(MetaClientOptions.frontend(List.of(address)))) {
      Bytes key = Bytes.utf8("warm-up");
      client.store().put(key, key);
      client.store().scan(key);
      client.store().batchDelete(List.of(key));
    }
  }

  /**
   * RocksDB's library, under the name the embedded store looks for on {@code java.library.path}.
   */
  private static void unpackNatives(Path directory) {
    String name = Environment.getJniLibraryFileName("rocksdb");
    try (InputStream packed = WarmUpCommand.class.getResourceAsStream("/" + name)) {
      if (packed != null) {
        Files.createDirectories(directory);
        Files.copy(packed, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("native libraries could not be unpacked to " + directory, e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on this machine", e);
    }
  }
}
