package io.metasrv.client;

import io.metasrv.domain.Bytes;

/** A pair of the metadata store. */
public record KeyValue(Bytes key, Bytes value) {

  static KeyValue of(io.metasrv.protocol.v1.meta.KeyValue wire) {
    return new KeyValue(
        Bytes.wrap(wire.getKey().toByteArray()), Bytes.wrap(wire.getValue().toByteArray()));
  }

  io.metasrv.protocol.v1.meta.KeyValue toWire() {
    return io.metasrv.protocol.v1.meta.KeyValue.newBuilder()
        .setKey(Wire.bytes(key))
        .setValue(Wire.bytes(value))
        .build();
  }
}
