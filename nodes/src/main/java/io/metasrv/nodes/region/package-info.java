/**
 * A datanode's regions: what lies on storage, which of it a node has open and in which role, the
 * countdown that ends a role with its lease (sheet 04 §13), and the region service (sheet 01
 * §12.1). Pure rules; time is an argument.
 */
@NullMarked
package io.metasrv.nodes.region;

import org.jspecify.annotations.NullMarked;
