// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/input_file.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace zonerank::rasters {

namespace {

/// Those that are open: the one that has been for the longest time makes room for the next.
struct OpenInputs {
    std::mutex mutex;
    std::array<std::shared_ptr<const FileDescriptor>, most_open_inputs> files;
    std::size_t next = 0;

    void keep(std::shared_ptr<const FileDescriptor> file) {
        files[next] = std::move(file);
        next = (next + 1) % files.size();
    }
    void forget(const std::shared_ptr<const FileDescriptor>& file) { std::ranges::replace(files, file, nullptr); }
};

OpenInputs& open_inputs() {
    static OpenInputs inputs;
    return inputs;
}

std::uint64_t size_of(const FileDescriptor& file) {
    struct stat found {};
    return ::fstat(file.get(), &found) == 0 ? static_cast<std::uint64_t>(found.st_size) : 0;
}

} // namespace

InputFile::InputFile(std::filesystem::path path) : m_path(std::move(path)) {
    const std::shared_ptr<const FileDescriptor> file = open();
    m_size = size_of(*file);
    const std::scoped_lock lock(open_inputs().mutex);
    open_inputs().keep(file);
    m_opened = file;
}

InputFile::~InputFile() {
    const std::scoped_lock lock(open_inputs().mutex);
    if (const std::shared_ptr<const FileDescriptor> file = m_opened.lock())
        open_inputs().forget(file);
}

std::shared_ptr<const FileDescriptor> InputFile::open() const {
    auto file = std::make_shared<const FileDescriptor>(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file->open())
        throw Error("{}: can't be read: {}", m_path.string(), std::strerror(errno));
    return file;
}

std::shared_ptr<const FileDescriptor> InputFile::opened() const {
    const std::scoped_lock lock(open_inputs().mutex);
    if (std::shared_ptr<const FileDescriptor> file = m_opened.lock())
        return file;
    const std::shared_ptr<const FileDescriptor> file = open();
    if (size_of(*file) != m_size)
        throw Error("{}: has changed while it was read", m_path.string());
    open_inputs().keep(file);
    m_opened = file;
    return file;
}

void InputFile::read(std::uint64_t at, std::span<std::byte> bytes) const {
    const std::shared_ptr<const FileDescriptor> file = opened();
    while (!bytes.empty()) {
        const ssize_t done = ::pread(file->get(), bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            throw Error("{}: can't be read: {}", m_path.string(), done < 0 ? std::strerror(errno) : "cut short");
        at += static_cast<std::uint64_t>(done);
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
}

} // namespace zonerank::rasters
