/**
 * What every user of the wire shares, whichever side it is on: message encodings, the trailers that
 * carry an error's real code, and the defaults of channels and servers. Used by the server, the
 * client library and the doubles; may use grpc-java, Netty and the domain's error codes.
 */
@NullMarked
package io.metasrv.protocol.grpc;

import org.jspecify.annotations.NullMarked;
