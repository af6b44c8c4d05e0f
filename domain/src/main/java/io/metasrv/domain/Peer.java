package io.metasrv.domain;

/**
 * A node as others reach it.
 *
 * @param id unsigned 64 bits; 0 for frontends and metasrvs
 * @param address {@code host:port}, without a scheme
 */
public record Peer(long id, String address) {

  /** The form of logs, for example {@code peer-1(10.0.0.1:3001)}. */
  @Override
  public String toString() {
    return "peer-" + Long.toUnsignedString(id) + "(" + address + ")";
  }
}
