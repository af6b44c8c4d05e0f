package io.metasrv.adapters.zookeeper;

import io.metasrv.testkit.server.TcpProxy.RequestWatch;
import io.metasrv.testkit.server.TcpProxy.Verdict;
import java.nio.ByteBuffer;

/**
 * Recognises the one kind of request that changes the store, a multi, among those on their way to a
 * server, so that a test can break the network at exactly that point of a transaction.
 */
final class Multis {

  /** ZooKeeper's number of the request. */
  private static final int MULTI = 14;

  private static final int LENGTH_AND_HEADER = 3 * Integer.BYTES;

  private Multis() {}

  /** Lets everything pass except pieces with a multi in them. */
  static RequestWatch meet(Verdict verdict) {
    return data -> hasMulti(data) ? verdict : Verdict.PASS;
  }

  private static boolean hasMulti(byte[] data) {
    ByteBuffer buffer = ByteBuffer.wrap(data);
    while (buffer.remaining() >= LENGTH_AND_HEADER) {
      int start = buffer.position();
      int length = buffer.getInt();
      int unusedXid = buffer.getInt();
      if (buffer.getInt() == MULTI) {
        return true;
      }
      int next = start + Integer.BYTES + length;
      if (length < 0 || next < 0 || next > data.length) {
        return false;
      }
      buffer.position(next);
    }
    return false;
  }
}
