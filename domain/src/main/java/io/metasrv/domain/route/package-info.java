/** Where the regions of a table are (sheet 03 §3.5). */
@NullMarked
package io.metasrv.domain.route;

import org.jspecify.annotations.NullMarked;
