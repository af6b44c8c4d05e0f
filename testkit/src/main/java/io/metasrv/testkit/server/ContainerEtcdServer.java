package io.metasrv.testkit.server;

import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** etcd in a container; the host port is fixed, so that it survives a restart of the server. */
final class ContainerEtcdServer extends EtcdServer {

  private static final String IMAGE = "quay.io/coreos/etcd:v3.5.21";
  private static final int CLIENT_PORT = 2379;

  private final GenericContainer<?> container;
  private final int hostPort;

  private ContainerEtcdServer(GenericContainer<?> container, int hostPort) {
    this.container = container;
    this.hostPort = hostPort;
  }

  // The container is closed with the server.
  @SuppressWarnings("resource")
  static EtcdServer launch(List<String> flags) {
    int hostPort = Ports.free(1).getFirst();
    List<String> command = new ArrayList<>();
    command.add("etcd");
    command.add("--listen-client-urls=http://0.0.0.0:" + CLIENT_PORT);
    command.add("--advertise-client-urls=http://127.0.0.1:" + hostPort);
    command.addAll(flags);
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withExposedPorts(CLIENT_PORT)
            .withCommand(command.toArray(String[]::new));
    container.setPortBindings(List.of(hostPort + ":" + CLIENT_PORT));
    container.start();
    ContainerEtcdServer server = new ContainerEtcdServer(container, hostPort);
    server.awaitReady();
    return server;
  }

  @Override
  public String endpoint() {
    return "http://" + host() + ":" + hostPort;
  }

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public int port() {
    return hostPort;
  }

  @Override
  public void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void restart() {
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    awaitReady();
  }

  @Override
  public void pause() {
    container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void resume() {
    container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
  }
}
