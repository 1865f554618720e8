import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from mentoring import photos


def picture(
    *, width: int = 800, height: int = 600, form: str = "JPEG", mode: str = "RGB", **options: object
) -> io.BytesIO:
    """Left half red, right half blue."""
    image = Image.new(mode, (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    file = io.BytesIO()
    image.save(file, form, **options)
    return file


def kept(file: io.BytesIO) -> Image.Image:
    image = Image.open(io.BytesIO(photos.square_webp(file, size=len(file.getvalue()))))
    image.load()
    return image


def colour_at(image: Image.Image, x: int, y: int) -> str:
    red, _, blue = image.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return "red" if red > blue else "blue"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_becomes_a_small_square_webp(form: str) -> None:
    image = kept(picture(form=form))

    assert (image.format, image.size) == ("WEBP", (320, 320))
    assert (colour_at(image, 10, 160), colour_at(image, 310, 160)) == ("red", "blue")


def test_exif_turns_the_picture_and_is_dropped() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn right
    exif[0x010F] = "Camera maker"

    image = kept(picture(exif=exif))

    assert (colour_at(image, 160, 10), colour_at(image, 160, 310)) == ("red", "blue")
    assert dict(image.getexif()) == {}
    assert b"Camera maker" not in photos.square_webp(picture(exif=exif), size=1)


def test_what_is_see_through_becomes_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(file, "PNG")

    assert kept(file).convert("RGB").getpixel((160, 160)) == (255, 255, 255)


def test_a_palette_picture_is_read() -> None:
    file = io.BytesIO()
    Image.new("P", (50, 50)).save(file, "PNG")

    assert kept(file).size == (320, 320)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just words",
        b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        picture().getvalue()[:300],
        b"GIF89a" + b"\0" * 20,
    ],
    ids=["empty", "words", "svg", "cut off", "broken gif"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError, match="not a picture we can read"):
        photos.square_webp(io.BytesIO(content), size=len(content))


def test_the_name_and_type_count_for_nothing() -> None:
    file = picture(form="PDF")

    with pytest.raises(ValidationError, match="not a picture"):
        photos.square_webp(file, size=1)


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(ValidationError, match="larger than 8 MB"):
        photos.square_webp(picture(), size=photos.MAX_BYTES + 1)


@pytest.mark.parametrize(("width", "height"), [(6400, 6251), (12_000, 12_000), (60_000, 60_000)])
def test_a_decompression_bomb_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    with pytest.raises(ValidationError, match="more than 40 megapixels"):
        photos.square_webp(png_header(width, height), size=100)


def png_header(width: int, height: int) -> io.BytesIO:
    """A PNG that says it is large and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100)))
