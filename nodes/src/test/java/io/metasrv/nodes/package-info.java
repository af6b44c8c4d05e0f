/** Tests of the nodes' rules against the recordings and the sheets. */
@NullMarked
package io.metasrv.nodes;

import org.jspecify.annotations.NullMarked;
