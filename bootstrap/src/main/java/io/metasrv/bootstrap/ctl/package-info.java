/**
 * {@code metasrv ctl}: asks and steers running metasrvs through their HTTP ports. Commands ask
 * through one client that tries the addresses given and finds the leader; what they print is made
 * from the JSON of the admin routes.
 */
@NullMarked
package io.metasrv.bootstrap.ctl;

import org.jspecify.annotations.NullMarked;
