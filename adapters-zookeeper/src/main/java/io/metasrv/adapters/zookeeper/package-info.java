/**
 * Store and election on ZooKeeper. Curator owns the connection and its sessions; requests go to the
 * session's own handle, in order and never repeated behind the caller's back. The layout of the
 * znodes and the reasons for it are in {@code docs/design/zookeeper.md}.
 */
@NullMarked
package io.metasrv.adapters.zookeeper;

import org.jspecify.annotations.NullMarked;
