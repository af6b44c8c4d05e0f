/** The embedded store held to the port's contract, and to its promises about crashes and disks. */
@NullMarked
package io.metasrv.adapters.embedded;

import org.jspecify.annotations.NullMarked;
