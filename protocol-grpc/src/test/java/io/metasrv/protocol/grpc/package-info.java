/** Codecs, trailers and defaults, without a server. */
@NullMarked
package io.metasrv.protocol.grpc;

import org.jspecify.annotations.NullMarked;
