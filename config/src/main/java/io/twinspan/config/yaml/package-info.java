/**
 * YAML text to a tree that knows the line and column of every key and value. Reads the subset a configuration needs: one
 * document, mappings with plain keys, lists and scalars of the YAML 1.2 core schema; anchors, aliases and tags are refused,
 * which also closes the door to documents that grow when they are read. Depth and size are bounded. No files.
 */
@NullMarked
package io.twinspan.config.yaml;

import org.jspecify.annotations.NullMarked;
