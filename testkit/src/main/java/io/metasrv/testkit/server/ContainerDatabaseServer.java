package io.metasrv.testkit.server;

import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A database in a container; the host port is fixed, so that it survives a restart. */
final class ContainerDatabaseServer implements DatabaseServer {

  private static final int MYSQL_PORT = 3306;
  private static final int POSTGRES_PORT = 5432;

  private final GenericContainer<?> container;
  private final int hostPort;

  private ContainerDatabaseServer(GenericContainer<?> container, int hostPort) {
    this.container = container;
    this.hostPort = hostPort;
  }

  /** MySQL or MariaDB, whose images take the same variables. */
  // The container is closed with the server.
  @SuppressWarnings("resource")
  static DatabaseServer mySql(String image, List<String> flags) {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withEnv("MYSQL_DATABASE", DATABASE)
            .withEnv("MYSQL_USER", USER)
            .withEnv("MYSQL_PASSWORD", PASSWORD)
            .withEnv("MYSQL_ROOT_PASSWORD", PASSWORD)
            .withCommand(flags.toArray(String[]::new));
    return launch(container, MYSQL_PORT);
  }

  // The container is closed with the server.
  @SuppressWarnings("resource")
  static DatabaseServer postgres(List<String> settings) {
    List<String> command = new ArrayList<>(List.of("postgres", "-c", "max_connections=300"));
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse("postgres:16"))
            .withEnv("POSTGRES_DB", DATABASE)
            .withEnv("POSTGRES_USER", USER)
            .withEnv("POSTGRES_PASSWORD", PASSWORD)
            .withCommand(command.toArray(String[]::new));
    return launch(container, POSTGRES_PORT);
  }

  private static DatabaseServer launch(GenericContainer<?> container, int port) {
    int hostPort = Ports.free(1).getFirst();
    container.withExposedPorts(port);
    container.setPortBindings(List.of(hostPort + ":" + port));
    container.waitingFor(Wait.forListeningPort());
    container.start();
    return new ContainerDatabaseServer(container, hostPort);
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
