/**
 * The port tested over real sockets, with grpc-java clients and with a client that sees every
 * HTTP/2 frame. The application's services are canned answers.
 */
@NullMarked
package io.metasrv.adapters.grpc;

import org.jspecify.annotations.NullMarked;
