/**
 * Service Cluster and its counterpart: the leader's volatile memory, read on the leader itself or
 * from another node.
 */
@NullMarked
package io.metasrv.application.cluster;

import org.jspecify.annotations.NullMarked;
