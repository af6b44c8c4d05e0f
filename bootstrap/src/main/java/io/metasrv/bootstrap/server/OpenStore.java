package io.metasrv.bootstrap.server;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ChrootStore;
import io.metasrv.domain.Bytes;

/** A store opened as a server opens it, without the server; for commands that work offline. */
public final class OpenStore implements AutoCloseable {

  private final Lifecycle lifecycle;
  private final KeyValueStore store;
  private final Election election;

  private OpenStore(Lifecycle lifecycle, KeyValueStore store, Election election) {
    this.lifecycle = lifecycle;
    this.store = store;
    this.election = election;
  }

  /**
   * Opens the store the options choose; on failure nothing stays open. Throws what the backend
   * throws.
   */
  public static OpenStore open(MetasrvOptions options) {
    Lifecycle lifecycle = new Lifecycle();
    try {
      StoreBackend backend =
          Guice.createInjector(
                  Stage.DEVELOPMENT,
                  StoreModules.of(options.store().backend()),
                  new Surroundings(options, lifecycle))
              .getInstance(StoreBackend.class);
      KeyValueStore store =
          ChrootStore.under(Bytes.utf8(options.store().keyPrefix()), backend.store());
      return new OpenStore(lifecycle, store, backend.election());
    } catch (CreationException | ProvisionException e) {
      lifecycle.closeAll();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } catch (RuntimeException e) {
      lifecycle.closeAll();
      throw e;
    }
  }

  /** The store, seen from under its key prefix. */
  public KeyValueStore store() {
    return store;
  }

  /** The election on it. */
  public Election election() {
    return election;
  }

  @Override
  public void close() {
    lifecycle.closeAll();
  }

  /** What the modules of backends ask for. */
  private static final class Surroundings extends AbstractModule {

    private final MetasrvOptions options;
    private final Lifecycle lifecycle;

    Surroundings(MetasrvOptions options, Lifecycle lifecycle) {
      this.options = options;
      this.lifecycle = lifecycle;
    }

    @Override
    protected void configure() {
      bind(MetasrvOptions.class).toInstance(options);
      bind(Lifecycle.class).toInstance(lifecycle);
      bind(Runtime.class).toInstance(new VirtualThreadRuntime());
      bind(Metrics.class).toInstance(new NoMetrics());
    }
  }
}
