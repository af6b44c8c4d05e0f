/** Tests of regions, leases and the region service. */
@NullMarked
package io.metasrv.nodes.region;

import org.jspecify.annotations.NullMarked;
