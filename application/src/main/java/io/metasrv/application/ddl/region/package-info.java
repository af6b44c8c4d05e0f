/**
 * Requests to regions: what is sent to which datanode, all at once, and what the answers mean
 * (sheet 06 §3, §5). Shared by all procedures that touch regions.
 */
@NullMarked
package io.metasrv.application.ddl.region;

import org.jspecify.annotations.NullMarked;
