/**
 * The gRPC port: the services nodes and clients call, heartbeat streams, TLS, the legacy admin
 * routes that share the socket, and calls to other metasrvs. Translates between the wire and the
 * application's ports and decides nothing; may use grpc-java and Netty. Every call runs on a task
 * of {@link io.metasrv.application.port.Runtime}, never on a thread of the network library.
 */
@NullMarked
package io.metasrv.adapters.grpc;

import org.jspecify.annotations.NullMarked;
