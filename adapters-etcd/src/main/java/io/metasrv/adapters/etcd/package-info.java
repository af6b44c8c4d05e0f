/**
 * Outgoing adapter: the metadata store and the election on etcd v3. Speaks through jetcd's
 * generated stubs, with one attempt, one deadline and one cancellation per call, because the port
 * has to know whether a write was sent. May use the application's ports, options and codecs, and
 * never another adapter.
 */
@NullMarked
package io.metasrv.adapters.etcd;

import org.jspecify.annotations.NullMarked;
