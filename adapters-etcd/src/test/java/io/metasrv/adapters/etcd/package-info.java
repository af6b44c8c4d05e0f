/** Tests of the etcd adapter against real etcd servers: contracts, faults, TLS, election. */
@NullMarked
package io.metasrv.adapters.etcd;

import org.jspecify.annotations.NullMarked;
