/** When a node may act as leader: pure rules on leases and deadlines. */
@NullMarked
package io.metasrv.domain.leadership;

import org.jspecify.annotations.NullMarked;
