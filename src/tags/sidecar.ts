import type { Box } from './boxes'

/**
 * A file's face regions are of the picture as it is stored, whatever way it is turned before it is shown: so digiKam
 * writes them and Immich reads them (https://github.com/immich-app/immich/issues/13740). The orientation is said again,
 * for readers that look for it where the regions are (https://github.com/bpatrik/pigallery2/issues/979).
 */
interface Drawn {
  /** Pixels as they are stored. */
  width: number
  height: number
  /** 1..8: how the file says to turn it. */
  orientation: number
  faces: { name: string; box: Box }[]
}

/**
 * An XMP sidecar with face regions as other programs read them: Metadata Working Group, Guidelines for Handling Image
 * Metadata 2.0, section 5.9. Normalised, around the centre.
 */
export function writeSidecar({ width, height, orientation, faces }: Drawn): string {
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" tiff:Orientation="${orientation}"
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
    xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
    xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
    xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#">
   <mwg-rs:Regions rdf:parseType="Resource">
    <mwg-rs:AppliedToDimensions stDim:w="${width}" stDim:h="${height}" stDim:unit="pixel"/>
    <mwg-rs:RegionList>
     <rdf:Bag>
${faces.map(writeFace).join('')}     </rdf:Bag>
    </mwg-rs:RegionList>
   </mwg-rs:Regions>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`
}

function writeFace({ name, box }: Drawn['faces'][number]): string {
  const { width: w, height: h } = box
  const area = Object.entries({ x: box.x + w / 2, y: box.y + h / 2, w, h })
    .map(([side, value]) => `stArea:${side}="${value.toFixed(8)}"`)
    .join(' ')
  return `      <rdf:li>
       <rdf:Description mwg-rs:Name="${escapeXml(name)}" mwg-rs:Type="Face">
        <mwg-rs:Area ${area} stArea:unit="normalized"/>
       </rdf:Description>
      </rdf:li>
`
}

/** What XML 1.0 has no way to write (section 2.2), half a surrogate pair too. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu

function escapeXml(text: string): string {
  return text.replace(UNWRITABLE, '').replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}
