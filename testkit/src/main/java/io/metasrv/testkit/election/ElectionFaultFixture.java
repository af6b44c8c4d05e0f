package io.metasrv.testkit.election;

import io.metasrv.testkit.server.TcpProxy;

/**
 * An election on a real server. What {@link #join()} gives reaches the server through {@link
 * #proxy()}; what {@link #joinDirectly()} gives does not.
 */
public interface ElectionFaultFixture extends ElectionFixture {

  /** A participant past the proxy. */
  io.metasrv.application.port.Election joinDirectly();

  /** The network in front of the participants that {@link #join()} gave; good at first. */
  TcpProxy proxy();
}
