"""From an uploaded file to the picture that is kept: checked, cut square, small, and nothing of its origin left."""

import io
import struct
import warnings
from typing import BinaryIO

from django.core.exceptions import ValidationError
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
SIDE = 320
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")

# What a damaged or hostile file makes Pillow raise.
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, struct.error)

# EXIF's orientation → how to turn the picture upright.
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def square_webp(file: BinaryIO, *, size: int) -> bytes:
    """The middle of the picture as WebP. Raises ValidationError for what is no picture, or too much of one.

    What the file is, is read from its content; its name and what the browser says about it count for nothing.
    """
    if size > MAX_BYTES:
        raise ValidationError(f"This file is larger than {MAX_BYTES // 1024 // 1024} MB. Choose a smaller picture.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _encoded(_opened(file))
    except UNREADABLE as error:
        raise ValidationError("This file is not a picture we can read. Choose a JPEG, PNG or WebP file.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error


def _opened(file: BinaryIO) -> Image.Image:
    """Only the header is read here: the number of pixels is known before any is decoded."""
    file.seek(0)
    image = Image.open(file, formats=FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    return image


def _too_many_pixels() -> ValidationError:
    return ValidationError(f"This picture has more than {MAX_PIXELS // 1_000_000} megapixels. Choose a smaller one.")


def _encoded(image: Image.Image) -> bytes:
    """Cut before it is turned, for the middle stays the middle; what is see-through becomes white."""
    turn = UPRIGHT.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    image.draft("RGB", (SIDE * 2, SIDE * 2))
    if image.mode not in ("RGB", "RGBA", "L"):
        image = image.convert("RGBA")
    square = ImageOps.fit(image, (SIDE, SIDE), Image.Resampling.LANCZOS).convert("RGBA")
    square = square.transpose(turn) if turn is not None else square
    plain = Image.new("RGB", square.size, "white")
    plain.paste(square, mask=square.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
