package io.metasrv.adapters.jdbc;

import io.metasrv.application.port.Fence;

/**
 * One term on an SQL database: the rows of its election, and the token the term was begun with. The
 * reference's row says only who leads, so the token has a row of its own; see {@link TermRecord}.
 *
 * @param database which backend issued it: dialect and table of the election
 * @param keys the election's rows
 * @param token drawn for this term
 * @param address the node whose term it is
 */
record SqlFence(String database, ElectionRowKeys keys, String token, String address)
    implements Fence {

  @Override
  public String describe() {
    return "term of %s on %s, token %s".formatted(address, database, token);
  }
}
