/**
 * What GreptimeDB v1.1.4 was recorded to answer, asked of this system over its real gRPC port: a
 * leader and a follower on one store in memory.
 */
@NullMarked
package io.metasrv.tests.golden;

import org.jspecify.annotations.NullMarked;
