#pragma once

#include <unistd.h>

#include <utility>

namespace canvass {

// An open file, pipe or folder of the system, closed with the object. Move-only.
class Descriptor {
 public:
  // `number`: as the system gave it; negative if it gave none.
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }

  bool isOpen() const { return number_ >= 0; }
  int number() const { return number_; }
  void close() {
    if (isOpen()) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

}  // namespace canvass
