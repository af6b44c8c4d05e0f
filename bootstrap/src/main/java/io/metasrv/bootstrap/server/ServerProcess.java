package io.metasrv.bootstrap.server;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import io.metasrv.adapters.grpc.GrpcServer;
import io.metasrv.adapters.http.HttpServer;
import io.metasrv.adapters.http.LogLevels;
import io.metasrv.application.metasrv.Metasrv;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.store.ChrootStore;
import io.metasrv.application.transfer.CopyMarker;
import io.metasrv.bootstrap.config.EffectiveConfig;
import io.metasrv.domain.Bytes;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A metasrv with its ports. Start and stop follow sheet 09 §1: store, HTTP, the metasrv, gRPC last;
 * backwards at the stop, with the leadership handed over in between. Used by one thread.
 */
public final class ServerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

  private final Lifecycle lifecycle;
  private final MetasrvOptions options;
  private final String address;
  private final Metasrv metasrv;
  private final HttpServer http;
  private final GrpcServer grpc;
  private final ProcessReadiness readiness;
  private final StoreBackend backend;

  private ServerProcess(Injector injector) {
    this.lifecycle = injector.getInstance(Lifecycle.class);
    this.options = injector.getInstance(MetasrvOptions.class);
    this.address = injector.getInstance(ServerAddress.class).text();
    this.metasrv = injector.getInstance(Metasrv.class);
    this.http = injector.getInstance(HttpServer.class);
    this.grpc = injector.getInstance(GrpcServer.class);
    this.readiness = injector.getInstance(ProcessReadiness.class);
    this.backend = injector.getInstance(StoreBackend.class);
  }

  /**
   * Makes everything and opens the store; no port is open yet. What was opened before something
   * failed is closed again.
   */
  public static ServerProcess create(EffectiveConfig config, LogLevels levels) {
    String address = ServerAddress.of(config.options().grpc()).text();
    Lifecycle lifecycle = new Lifecycle();
    try {
      return new ServerProcess(
          Guice.createInjector(
              Stage.DEVELOPMENT,
              new ProcessModule(config, levels, address, lifecycle),
              StoreModules.of(config.options().store().backend()),
              new ApplicationModule(),
              new GrpcModule(),
              new HttpModule()));
    } catch (CreationException | ProvisionException e) {
      lifecycle.closeAll();
      throw unwrapped(e);
    } catch (RuntimeException e) {
      lifecycle.closeAll();
      throw e;
    }
  }

  /** Guice wraps what the adapters say; the operator wants to hear them. */
  private static RuntimeException unwrapped(RuntimeException wrapped) {
    return wrapped.getCause() instanceof RuntimeException cause ? cause : wrapped;
  }

  /**
   * Opens the ports and takes part in the election. On failure everything is closed.
   *
   * @throws IOException if the gRPC port cannot be opened
   * @throws io.metasrv.domain.error.ServiceException (IllegalState) if a copy into the store was
   *     never finished: half of the metadata would be taken for all of it
   */
  public void start() throws IOException, InterruptedException {
    boolean serving = false;
    try {
      CopyMarker.refuseServing(
          StoreName.of(options),
          ChrootStore.under(Bytes.utf8(options.store().keyPrefix()), backend.store()));
      http.start();
      lifecycle.add("HTTP port", http::stop);
      lifecycle.add("metasrv", metasrv::stop);
      metasrv.start();
      grpc.start();
      lifecycle.add("gRPC port", this::stopGrpc);
      readiness.grpcServes(true);
      serving = true;
    } finally {
      if (!serving) {
        lifecycle.closeAll();
      }
    }
    LOG.info(
        "Metasrv {} serves: gRPC on {}, HTTP on {}",
        address,
        options.grpc().bindAddr(),
        options.http().addr());
  }

  private void stopGrpc() throws InterruptedException {
    readiness.grpcServes(false);
    Duration grace = options.shutdown().grace();
    grpc.stop(grace);
  }

  /** Closes the ports, hands leadership over and closes the store. */
  public void stop() {
    LOG.info("Metasrv {} stops", address);
    lifecycle.closeAll();
    LOG.info("Metasrv {} has stopped", address);
  }

  /** The advertised address. */
  public String address() {
    return address;
  }

  /** The HTTP port bound. */
  public int httpPort() {
    return http.port();
  }
}
