#pragma once

#include "hub/hub_cache.h"
#include "hub_download/http_client.h"
#include "hub_download/remote_repository.h"
#include "hub_download/reporter.h"

namespace canvass {

// Whether the cache has the whole file.
bool isCached(const RemoteFile& file, const CachedRepository& cache);

// How much of it is in the cache: all of it, or what an earlier download left.
std::uint64_t cachedBytes(const RemoteFile& file, const CachedRepository& cache);

// Brings a file into the cache's blobs, from where an earlier download ended. It appears there once
// it is whole and its sum is right. Throws Error if it cannot be got or stored; what has come by
// then is kept for the next time, unless its sum is wrong.
void downloadBlob(HttpClient& client, const RemoteFile& file, const CachedRepository& cache,
                  Reporter& reporter);

// Makes the file known under its name in the snapshot, by a relative link to its blob.
void linkIntoSnapshot(const RemoteFile& file, const std::string& commit,
                      const CachedRepository& cache);

}  // namespace canvass
