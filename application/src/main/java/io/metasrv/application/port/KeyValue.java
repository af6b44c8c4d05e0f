package io.metasrv.application.port;

import io.metasrv.domain.Bytes;

/**
 * A pair in the store.
 *
 * @param key never empty
 * @param value any bytes, possibly none; empty also when only keys were asked for
 */
public record KeyValue(Bytes key, Bytes value) {}
